// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "compiler/plan/path_pattern.h"

namespace prunec {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A number too large for the type lies in no range that anybody writes.
bool in_range(const NumberRange& range, std::string_view value) {
  std::size_t number = 0;
  if (!all_digits(value) || std::from_chars(value.data(), value.data() + value.size(), number).ec != std::errc{}) return false;
  return number >= range.first && (!range.last || number <= *range.last);
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> components;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = path.find('.', begin);
    components.push_back(path.substr(begin, dot == std::string_view::npos ? dot : dot - begin));
    if (dot == std::string_view::npos) return components;
    begin = dot + 1;
  }
}

/// Tries the alternatives in depth-first order. Positions that failed are remembered, so a pattern full of stars stays cheap; only
/// when a name is captured twice does the rest depend on the way, and then nothing is remembered.
class Matcher {
 public:
  Matcher(const PathPattern& pattern, std::string_view path) : pattern_(pattern), path_(split(path)) {
    std::size_t captures = 0;
    for (const auto& component : pattern.components) {
      if (const auto* parts = std::get_if<Component>(&component)) {
        captures += static_cast<std::size_t>(std::count_if(parts->parts.begin(), parts->parts.end(),
                                                           [](const auto& part) { return std::holds_alternative<Capture>(part); }));
      }
    }
    remember_ = captures == capture_names(pattern).size();
  }

  std::optional<Labels> run() {
    if (!match_components(0, 0)) return std::nullopt;
    return std::move(labels_);
  }

 private:
  bool match_components(std::size_t i, std::size_t j) {
    if (i == pattern_.components.size()) return j == path_.size();
    if (remember_ && failed_components_.count({i, j}) != 0) return false;
    bool matched = false;
    if (std::holds_alternative<AnyComponents>(pattern_.components[i])) {
      matched = match_components(i + 1, j) || (j < path_.size() && match_components(i, j + 1));
    } else {
      matched = j < path_.size() && match_parts({i, j, 0, 0});
    }
    if (!matched) failed_components_.insert({i, j});
    return matched;
  }

  struct At {
    std::size_t component, path_component, part, offset;
    friend auto operator<=>(const At&, const At&) = default;
  };

  bool match_parts(const At& at) {
    const auto& parts = std::get<Component>(pattern_.components[at.component]).parts;
    const std::string_view text = path_[at.path_component];
    if (at.part == parts.size()) return at.offset == text.size() && match_components(at.component + 1, at.path_component + 1);
    if (remember_ && failed_parts_.count(at) != 0) return false;
    const bool matched = match_part(at, parts[at.part], text.substr(at.offset), parts.size() == 1);
    if (!matched) failed_parts_.insert(at);
    return matched;
  }

  bool match_part(const At& at, const ComponentPart& part, std::string_view rest, bool whole) {
    const auto go_on = [&](std::size_t length) { return match_parts({at.component, at.path_component, at.part + 1, at.offset + length}); };
    if (const auto* literal = std::get_if<Literal>(&part)) return rest.starts_with(literal->text) && go_on(literal->text.size());
    for (std::size_t length = rest.size() + 1; length-- > 0;) {
      const std::string_view value = rest.substr(0, length);
      if (const auto* capture = std::get_if<Capture>(&part)) {
        if (!(whole ? length == rest.size() && length > 0 : all_digits(value)) || !contains(capture->range, value)) continue;
        const auto [entry, added] = labels_.emplace(capture->name, value);
        if (entry->second == value && go_on(length)) return true;
        if (added) labels_.erase(capture->name);
      } else if (go_on(length)) {
        return true;
      }
    }
    return false;
  }

  const PathPattern& pattern_;
  std::vector<std::string_view> path_;
  Labels labels_;
  bool remember_ = true;
  std::set<std::pair<std::size_t, std::size_t>> failed_components_;
  std::set<At> failed_parts_;
};

}  // namespace

bool contains(const CaptureRange& range, std::string_view value) {
  if (const auto* numbers = std::get_if<NumberRange>(&range)) return in_range(*numbers, value);
  if (const auto* one_of = std::get_if<OneOf>(&range)) {
    return std::find(one_of->values.begin(), one_of->values.end(), value) != one_of->values.end();
  }
  return true;
}

bool lies_within(const CaptureRange& part, const CaptureRange& whole) {
  if (std::holds_alternative<std::monostate>(whole)) return true;
  if (const auto* one_of = std::get_if<OneOf>(&part)) {
    return std::all_of(one_of->values.begin(), one_of->values.end(), [&](const auto& value) { return contains(whole, value); });
  }
  const auto* inner = std::get_if<NumberRange>(&part);
  const auto* outer = std::get_if<NumberRange>(&whole);
  // Several values may stand for all of a range, but `1|2` does not hold the label `01` that `1..2` does.
  if (inner == nullptr || outer == nullptr || inner->first < outer->first) return false;
  return !outer->last || (inner->last && *inner->last <= *outer->last);
}

bool are_apart(const CaptureRange& a, const CaptureRange& b) {
  const auto none_of = [](const OneOf& values, const CaptureRange& range) {
    return std::none_of(values.values.begin(), values.values.end(), [&](const auto& value) { return contains(range, value); });
  };
  if (const auto* values = std::get_if<OneOf>(&a)) return none_of(*values, b);
  if (const auto* values = std::get_if<OneOf>(&b)) return none_of(*values, a);
  const auto* first = std::get_if<NumberRange>(&a);
  const auto* second = std::get_if<NumberRange>(&b);
  if (first == nullptr || second == nullptr) return false;
  return (first->last && *first->last < second->first) || (second->last && *second->last < first->first);
}

std::optional<Labels> match(const PathPattern& pattern, std::string_view path) {
  return Matcher(pattern, path).run();
}

}  // namespace prunec
