// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/bind/site_match.h"

#include <algorithm>
#include <set>

namespace prunec {

namespace {

/// How much two paths have in common, for naming the nearest ones: the number of equal leading and trailing characters.
std::size_t likeness(const std::string& a, const std::string& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t head = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return head + tail;
}

std::string nearest_paths(const ChannelGraph& graph, const std::string& pattern) {
  std::vector<std::string> paths;
  for (const NormSite& norm : graph.norms) paths.push_back(norm.path);
  std::stable_sort(paths.begin(), paths.end(), [&](const auto& a, const auto& b) { return likeness(a, pattern) > likeness(b, pattern); });
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, paths.size()); ++i) text += (i ? ", `" : "`") + paths[i] + "`";
  return text;
}

std::string text_of(const std::vector<PathPattern>& patterns) {
  std::string text;
  for (const PathPattern& pattern : patterns) text += (text.empty() ? "" : ", ") + to_string(pattern);
  return text;
}

bool passes(const std::vector<LabelFilter>& filters, const Labels& labels) {
  return std::all_of(filters.begin(), filters.end(), [&](const LabelFilter& filter) {
    const auto label = labels.find(filter.label);
    return label != labels.end() && contains(filter.values, label->second);
  });
}

}  // namespace

SiteMatcher::SiteMatcher(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules)
    : graph_(graph), modules_(modules) {
  ChosenSites chosen = choose_sites(plan, graph);
  const std::string under = chosen.layout.empty() ? "" : " under layout `" + chosen.layout + "`";
  for (std::size_t i = 0; i < chosen.matches.size(); ++i) {
    const Site& site = (*chosen.sites)[i];
    auto& matches = sites_[site.name] = std::move(chosen.matches[i]);
    if (matches.empty()) report("site `" + site.name + "`" + under, site.patterns, site.origin);
    for (const SiteMatch& found : matches) names_.emplace(found.norm, site.name);
  }
}

void SiteMatcher::report(const std::string& what, const std::vector<PathPattern>& patterns, const Origin& origin) {
  for (const std::string& module : modules_) {
    const bool matches = std::any_of(patterns.begin(), patterns.end(), [&](const PathPattern& p) { return match(p, module).has_value(); });
    if (!matches) continue;
    Diagnostic diagnostic{Code::kP0510, what + " matches `" + module + "`, which has no scale that runs"};
    diagnostic.place = origin;
    diagnostic.notes.push_back({LayerPlace{module}, "the model runs no batch norm of that name"});
    diagnostic.help = "name the norm behind the layer, for example " + nearest_paths(graph_, module);
    diagnostics_.push_back(std::move(diagnostic));
    return;
  }
  Diagnostic diagnostic{Code::kP0505, what + " matches nothing in the model"};
  diagnostic.place = origin;
  diagnostic.notes.push_back({{}, "the pattern is `" + text_of(patterns) + "`"});
  diagnostic.help = graph_.norms.empty() ? "the model has no norm whose scales could be measured"
                                         : "the nearest norms are " + nearest_paths(graph_, text_of(patterns));
  diagnostics_.push_back(std::move(diagnostic));
}

void SiteMatcher::report_filter(const SiteUse& use) {
  Diagnostic diagnostic{Code::kP0505, "no `" + use.name + "` of the model passes the filter"};
  diagnostic.place = use.origin;
  for (const LabelFilter& filter : use.filters) {
    std::string values;
    std::set<std::string> seen;
    for (const SiteMatch& site : sites_[use.name]) {
      const auto label = site.labels.find(filter.label);
      if (label != site.labels.end() && seen.insert(label->second).second) values += (values.empty() ? "" : ", ") + label->second;
    }
    if (!values.empty()) diagnostic.notes.push_back({{}, "`" + filter.label + "` is one of " + values});
  }
  diagnostic.help = "name a value that the model has, or leave the filter out";
  diagnostics_.push_back(std::move(diagnostic));
}

std::vector<SiteMatch> SiteMatcher::find(const SiteUse& use) {
  std::vector<SiteMatch> matches;
  if (use.pattern.empty()) {
    matches = sites_[use.name];
    if (matches.empty()) return {};  // said already of the site itself
  } else {
    matches = match_norms(graph_, use.pattern, {});
    if (matches.empty()) {
      // A path that names a container stands for every norm under it.
      PathPattern inside = use.pattern.front();
      inside.components.emplace_back(AnyComponents{});
      matches = match_norms(graph_, {inside}, {});
    }
  }
  std::erase_if(matches, [&](const SiteMatch& m) { return !passes(use.filters, m.labels); });
  if (matches.empty()) {
    const auto known = [&](const Diagnostic& d) { return std::get_if<Origin>(&d.place) && std::get<Origin>(d.place) == use.origin; };
    if (std::none_of(diagnostics_.begin(), diagnostics_.end(), known)) {
      use.filters.empty() ? report("`" + use.name + "`", use.pattern, use.origin) : report_filter(use);
    }
  }
  return matches;
}

std::vector<SiteMatch> SiteMatcher::find(const std::vector<SiteUse>& uses) {
  std::vector<SiteMatch> all;
  std::set<std::size_t> seen;
  for (const SiteUse& use : uses) {
    for (SiteMatch& found : find(use)) {
      if (seen.insert(found.norm).second) all.push_back(std::move(found));
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const SiteMatch& a, const SiteMatch& b) { return a.norm < b.norm; });
  return all;
}

std::optional<std::string> SiteMatcher::site_of(std::size_t norm) const {
  const auto name = names_.find(norm);
  return name == names_.end() ? std::nullopt : std::optional(name->second);
}

std::optional<std::string> SiteMatcher::value_of(const std::string& label, std::size_t norm) const {
  for (const auto& site : sites_) {
    for (const SiteMatch& found : site.second) {
      const auto value = found.labels.find(label);
      if (found.norm == norm && value != found.labels.end()) return value->second;
    }
  }
  return std::nullopt;
}

}  // namespace prunec
