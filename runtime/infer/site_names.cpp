// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/site_names.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace prunec::infer {

namespace {

bool is_number(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool says_norm_only(const std::string& component) {
  static const std::set<std::string> kWords = {"bn", "norm", "batch_norm", "batchnorm", "BatchNorm"};
  return kWords.contains(component);
}

std::vector<std::string> components_of(const std::string& path) {
  std::vector<std::string> components;
  std::istringstream text(path);
  for (std::string component; std::getline(text, component, '.');) components.push_back(component);
  return components;
}

struct PathName {
  std::string name;
  bool by_number = false;  ///< only a number tells it from its neighbours
};

/// The last component that is all text.
std::string last_word(const PathPattern& pattern) {
  for (auto component = pattern.components.rbegin(); component != pattern.components.rend(); ++component) {
    const auto* parts = std::get_if<Component>(&*component);
    const auto* text = parts && parts->parts.size() == 1 ? std::get_if<Literal>(&parts->parts.front()) : nullptr;
    if (text && !is_number(text->text)) return text->text;
  }
  return "norm";
}

PathName name_from(const GeneralPath& path) {
  std::vector<std::string> components = components_of(path.tail);
  if (components.empty()) return {path.part.empty() ? last_word(path.pattern) : path.part};
  if (says_norm_only(components.back()) && components.size() > 1) components.pop_back();
  if (says_norm_only(components.back()) && !path.part.empty()) return {path.part};
  const auto word = std::find_if(components.rbegin(), components.rend(), [](const std::string& c) { return !is_number(c); });
  if (word == components.rend()) {
    return {(path.part.empty() ? last_word(path.pattern) : path.part) + "-" + components.front(), true};
  }
  std::string name = *word;
  if (name == "downsample") return {"down"};
  if (name == "shortcut" || name == "proj" || name == "skip") return {name};
  if (name.size() == 1 && std::next(word) != components.rend()) name = *std::next(word) + "-" + name;
  const auto number = word.base();
  if (number == components.end()) return {name};
  const bool apart = std::isdigit(static_cast<unsigned char>(name.back())) != 0;
  return {name + (apart ? "-" : "") + *number, true};
}

std::string as_name(const std::string& text) {
  std::string name;
  for (const char c : text) name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ? c : '_';
  while (!name.empty() && name.back() == '-') name.pop_back();
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0 || name.front() == '-') name = "norm" + name;
  return name;
}

/// Families of one block around its depthwise convolution are named by what they do there.
class Roles {
 public:
  Roles(const std::vector<Family>& families, const std::vector<Relation>& relations, const std::vector<GeneralPath>& general,
        const Streams& streams)
      : families_(families), general_(general) {
    for (const Relation& relation : relations) {
      const bool depthwise =
          std::any_of(relation.families.begin(), relation.families.end(), [&](std::size_t f) { return families[f].depthwise; });
      if (relation.shares_some) in_concatenations_.insert(relation.families.begin(), relation.families.end());
      if (depthwise) beside_depthwise_.insert(relation.families.begin(), relation.families.end());
    }
    for (std::size_t norm = 0; norm < streams.norms.size(); ++norm) {
      if (streams.norms[norm].depthwise) blocks_.insert(general[norm].block);
    }
    for (const Family& family : families) (family.depthwise ? depthwise_shapes_ : other_shapes_).insert(family.shape);
  }

  /// Empty: the path says it better.
  std::string of(std::size_t f, bool by_number) const {
    const Family& family = families_[f];
    const bool two_parts = depthwise_shapes_.contains(family.shape) && other_shapes_.contains(family.shape);
    if (!by_number && !two_parts) return {};
    const std::string& block = general_[family.norms.back()].block;
    if (block.empty() || !blocks_.contains(block)) return {};
    if (family.depthwise) return "depthwise";
    if (in_concatenations_.contains(f)) return {};
    return beside_depthwise_.contains(f) ? "expand" : "project";
  }

 private:
  const std::vector<Family>& families_;
  const std::vector<GeneralPath>& general_;
  std::set<std::size_t> beside_depthwise_, in_concatenations_;
  std::set<std::string> blocks_;  ///< that hold a depthwise convolution
  std::set<std::string> depthwise_shapes_, other_shapes_;
};

}  // namespace

std::vector<std::string> names_of(const std::vector<Family>& families, const std::vector<Relation>& relations,
                                  const std::vector<GeneralPath>& general, const Streams& streams) {
  const Roles roles(families, relations, general, streams);
  std::size_t last_norm = 0;
  for (std::size_t norm = 0; norm < streams.norms.size(); ++norm) last_norm = streams.norms[norm].scored ? norm : last_norm;
  std::vector<std::string> names;
  for (std::size_t f = 0; f < families.size(); ++f) {
    const Family& family = families[f];
    const GeneralPath& path = general[family.norms.back()];
    const PathName found = name_from(path);
    std::string name = roles.of(f, found.by_number);
    const bool lone = family.norms.size() == 1 && (path.labels.empty() || found.by_number);
    if (name.empty() && lone && family.norms.front() == 0) name = "stem";
    if (name.empty() && lone && family.norms.front() == last_norm && found.by_number) name = "last";
    names.push_back(as_name(name.empty() ? found.name : name));
  }
  return names;
}

std::string unique_name(const std::string& name, std::set<std::string>& taken) {
  static const std::set<std::string> kWords = {
      "prunec",           "architecture", "site",   "layout", "use",   "strategy",  "default", "prune",     "skip", "tie",
      "groups",           "shuffles",     "keep",   "remove", "ratio", "threshold", "budget",  "divisible", "rank", "score",
      "extends",          "where",        "across", "by",     "of",    "carrying",  "even",    "under",     "as",   "round",
      "concat-propagate", "concat-select"};
  std::string candidate = kWords.contains(name) ? name + "-norm" : name;
  const std::string first = candidate;
  for (int i = 2; !taken.insert(candidate).second; ++i) candidate = first + "-" + std::to_string(i);
  return candidate;
}

}  // namespace prunec::infer
