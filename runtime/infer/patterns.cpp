// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/patterns.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace prunec::infer {

namespace {

using Indices = std::vector<std::size_t>;

std::optional<std::size_t> number_of(const std::string& text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return all && (text.size() == 1 || text.front() != '0') ? std::optional(number) : std::nullopt;
}

/// Sets what the captures of one name may hold, or puts text in their place.
PathPattern with_values(PathPattern pattern, const std::string& name, const CaptureRange& range, const std::string* text) {
  for (auto& component : pattern.components) {
    auto* parts = std::get_if<Component>(&component);
    if (parts == nullptr) continue;
    for (ComponentPart& part : parts->parts) {
      auto* capture = std::get_if<Capture>(&part);
      if (capture == nullptr || capture->name != name) continue;
      if (text != nullptr) {
        part = Literal{*text};
      } else {
        capture->range = range;
      }
    }
  }
  return pattern;
}

/// Text side by side is one text.
PathPattern joined(PathPattern pattern) {
  for (auto& component : pattern.components) {
    auto* old = std::get_if<Component>(&component);
    if (old == nullptr) continue;
    Component fresh;
    for (ComponentPart& part : old->parts) {
      auto* text = std::get_if<Literal>(&part);
      auto* before = fresh.parts.empty() ? nullptr : std::get_if<Literal>(&fresh.parts.back());
      if (text != nullptr && before != nullptr) {
        before->text += text->text;
      } else {
        fresh.parts.push_back(std::move(part));
      }
    }
    *old = std::move(fresh);
  }
  return pattern;
}

PathPattern literal(const std::string& path) {
  PathPattern pattern;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    pattern.components.emplace_back(Component{{Literal{path.substr(begin, end - begin)}}});
    begin = end + 1;
  }
  return pattern;
}

class Chooser {
 public:
  Chooser(const std::vector<std::string>& paths, const std::set<std::string>& kept) : paths_(paths), kept_(kept) {}

  /// For paths of one pattern.
  std::vector<PathPattern> choose(const Indices& chosen, const PathPattern& pattern) const {
    if (chosen.size() == 1 && !captures_kept(pattern)) return {literal(paths_[chosen.front()])};
    if (matches_only(pattern, chosen)) return {pattern};
    const auto names = capture_names(pattern);
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      const PathPattern narrow = narrowed(pattern, *name, chosen);
      if (matches_only(narrow, chosen)) return {narrow};
    }
    PathPattern narrow = pattern;
    for (const std::string& name : names) narrow = narrowed(narrow, name, chosen);
    if (matches_only(narrow, chosen)) return {narrow};
    return split(chosen, pattern, names);
  }

 private:
  bool captures_kept(const PathPattern& pattern) const {
    const auto names = capture_names(pattern);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return kept_.contains(name); });
  }

  Indices matched(const PathPattern& pattern) const {
    Indices found;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (match(pattern, paths_[i])) found.push_back(i);
    }
    return found;
  }

  bool matches_only(const PathPattern& pattern, const Indices& chosen) const { return matched(pattern) == chosen; }

  std::set<std::string> values(const Indices& among, const PathPattern& pattern, const std::string& name) const {
    std::set<std::string> values;
    for (const std::size_t i : among) {
      const auto labels = match(pattern, paths_[i]);
      if (labels && labels->contains(name)) values.insert(labels->at(name));
    }
    return values;
  }

  /// The capture held to the values that it has in the chosen paths.
  PathPattern narrowed(const PathPattern& pattern, const std::string& name, const Indices& chosen) const {
    const auto mine = values(chosen, pattern, name);
    const auto all = values(matched(pattern), pattern, name);
    if (mine.empty() || mine == all) return pattern;
    if (mine.size() == 1 && !kept_.contains(name)) return joined(with_values(pattern, name, {}, &*mine.begin()));
    return with_values(pattern, name, range_of(mine, all), nullptr);
  }

  static CaptureRange range_of(const std::set<std::string>& mine, const std::set<std::string>& all) {
    std::set<std::size_t> numbers, all_numbers;
    for (const std::string& value : all) {
      const auto number = number_of(value);
      if (!number) return OneOf{{mine.begin(), mine.end()}};
      all_numbers.insert(*number);
      if (mine.contains(value)) numbers.insert(*number);
    }
    const std::size_t first = *numbers.begin(), last = *numbers.rbegin();
    const auto between = std::count_if(all_numbers.begin(), all_numbers.end(), [&](std::size_t n) { return first <= n && n <= last; });
    if (static_cast<std::size_t>(between) != numbers.size() || numbers.size() == 1) {
      OneOf values;
      for (const std::size_t number : numbers) values.values.push_back(std::to_string(number));
      return values;
    }
    if (last == *all_numbers.rbegin()) return NumberRange{first, std::nullopt};
    return NumberRange{first, last};
  }

  /// By the values of one capture, those with the same rest together.
  std::vector<PathPattern> split(const Indices& chosen, const PathPattern& pattern, const std::vector<std::string>& names) const {
    std::vector<PathPattern> patterns;
    for (const std::string& name : names) {
      std::map<std::string, Indices> parts;
      for (const std::size_t i : chosen) parts[match(pattern, paths_[i]).value()[name]].push_back(i);
      if (parts.size() < 2) continue;
      std::vector<std::pair<std::size_t, std::string>> order;
      for (const auto& [value, part] : parts) order.emplace_back(number_of(value).value_or(0), value);
      std::sort(order.begin(), order.end());
      for (const auto& [number, value] : order) {
        const bool keep = kept_.contains(name);
        const PathPattern one = joined(with_values(pattern, name, OneOf{{value}}, keep ? nullptr : &value));
        for (PathPattern& found : choose(parts[value], one)) patterns.push_back(std::move(found));
      }
      return patterns;
    }
    for (const std::size_t i : chosen) patterns.push_back(literal(paths_[i]));
    return patterns;
  }

  const std::vector<std::string>& paths_;
  const std::set<std::string>& kept_;
};

}  // namespace

std::vector<PathPattern> exact_patterns(const std::vector<std::size_t>& chosen, const std::vector<GeneralPath>& general,
                                        const std::vector<std::string>& paths, const std::set<std::string>& kept) {
  std::vector<std::pair<std::string, Indices>> by_pattern;
  for (const std::size_t i : chosen) {
    const std::string pattern = to_string(general[i].pattern);
    auto entry = std::find_if(by_pattern.begin(), by_pattern.end(), [&](const auto& known) { return known.first == pattern; });
    if (entry == by_pattern.end()) entry = by_pattern.insert(by_pattern.end(), {pattern, {}});
    entry->second.push_back(i);
  }
  std::vector<PathPattern> patterns;
  const Chooser chooser(paths, kept);
  for (auto& [text, indices] : by_pattern) {
    std::sort(indices.begin(), indices.end());
    for (PathPattern& pattern : chooser.choose(indices, general[indices.front()].pattern)) patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace prunec::infer
