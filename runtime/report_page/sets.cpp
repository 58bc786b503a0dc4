// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <map>

#include "runtime/report_page/html.h"
#include "runtime/report_page/parts.h"

namespace prunec::report_page {
namespace {

using Members = std::vector<const SiteReport*>;

/// The members as leaves of a tree whose root is the set.
std::string graph(std::int64_t number, const Members& members) {
  const std::size_t height = 34 + 24 * members.size();
  std::size_t longest = 32;  // the words at the root
  for (const SiteReport* site : members)
    longest = std::max(longest, site->path.size() + std::string_view(to_string(site->role)).size() + 2);
  const std::size_t width = 56 + 8 * longest;
  std::string svg = "<svg class=\"tree\" width=\"" + std::to_string(width) + "\" height=\"" + std::to_string(height) + "\" viewBox=\"0 0 " +
                    std::to_string(width) + " " + std::to_string(height) + "\" role=\"img\" aria-label=\"Layers of set " +
                    std::to_string(number) + "\">\n<circle class=\"hub\" cx=\"14\" cy=\"14\" r=\"9\"/><text x=\"30\" y=\"19\">" +
                    std::to_string(members.size()) + (members.size() == 1 ? " layer" : " layers keep the same channels") + "</text>\n";
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string y = std::to_string(44 + 24 * i), text_y = std::to_string(49 + 24 * i);
    svg += "<path class=\"edge\" d=\"M14 23 V" + y + " H38\"/><circle class=\"node " + to_string(members[i]->role) + "\" cx=\"40\" cy=\"" +
           y + "\" r=\"6\"/><text class=\"path\" x=\"52\" y=\"" + text_y + "\">" + escaped(members[i]->path) +
           "<tspan class=\"quiet\" dx=\"8\">" + to_string(members[i]->role) + "</tspan></text>\n";
  }
  return svg + "</svg>\n";
}

std::string statements(const SetDecision& set) {
  if (set.statements.empty()) return "";
  std::string html = "<ul class=\"statements\">\n";
  for (const StatementPlace& place : set.statements) {
    html += "<li><b>" + escaped(place.keyword) + "</b> at <code>" + escaped(place.origin.file) + ":" + std::to_string(place.origin.line) +
            ":" + std::to_string(place.origin.column) + "</code></li>\n";
  }
  return html + "</ul>\n";
}

/// "0 to 3, 7": runs of numbers, which are sorted.
std::string runs(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ", ") + std::to_string(numbers[i]) + (last > i ? " to " + std::to_string(numbers[last]) : "");
    i = last + 1;
  }
  return text;
}

/// Why each channel of the set was kept or removed, channels of one reason together.
std::string reasons(const SetDecision& set) {
  const bool weighed = !set.scores.empty();
  enum Reason : std::size_t { kByVotes, kBeyondVotes, kGivenBack, kStrong, kReasons };
  const std::array<const char*, kReasons> words = {
      "removed, for the votes ask for it", "removed beyond the votes, for the width that the rules ask for",
      "kept although the votes ask for removal: given back for the width that the rules ask for, or since a layer keeps its strongest "
      "channel",
      weighed ? "kept, for the votes do not ask for removal" : "kept, for nobody votes on them"};
  std::array<std::vector<std::size_t>, kReasons> channels;
  for (std::size_t channel = 0; channel < set.width; ++channel) {
    const bool wished = std::binary_search(set.wished.begin(), set.wished.end(), channel);
    const bool removed = std::binary_search(set.removed.begin(), set.removed.end(), channel);
    channels[removed ? (wished ? kByVotes : kBeyondVotes) : (wished ? kGivenBack : kStrong)].push_back(channel);
  }
  std::string html = "<details class=\"reasons\"><summary>every channel, and why</summary>\n<dl>\n";
  for (std::size_t reason = 0; reason < kReasons; ++reason) {
    if (channels[reason].empty()) continue;
    html += "<dt>" + grouped(static_cast<std::int64_t>(channels[reason].size())) + " " + words[reason] + "</dt><dd>" +
            runs(channels[reason]) + "</dd>\n";
  }
  return html + "</dl>\n</details>\n";
}

std::string card(std::int64_t number, const Members& members, const SetDecision* set) {
  std::string paths;
  for (const SiteReport* site : members) paths += site->path + " ";
  std::string html = "<article class=\"layer card\" id=\"set-" + std::to_string(number) + "\" data-path=\"" + escaped(paths) +
                     "\">\n<h3>Set " + std::to_string(number) + "</h3>\n<p>" + grouped(members.front()->before) + " → <b>" +
                     grouped(members.front()->after) + "</b> channels";
  if (set != nullptr && !set->policy.empty() && members.size() > 1) html += ", decided by <b>" + escaped(set->policy) + "</b>";
  html += "</p>\n";
  if (set != nullptr && !set->kept_because.empty()) html += "<p class=\"reason\">kept whole: " + escaped(set->kept_because) + "</p>\n";
  if (set != nullptr) html += statements(*set);
  return html + "<div class=\"scroll\">" + graph(number, members) + "</div>\n" + (set != nullptr ? reasons(*set) : "") + "</article>\n";
}

}  // namespace

std::string sets_section(const Report& report) {
  std::map<std::int64_t, Members> members;
  for (const SiteReport& site : report.channels) members[site.set].push_back(&site);
  if (members.empty()) return "";
  std::string html =
      "<section id=\"sets\"><h2>Coupled sets</h2>\n<p>A channel of a set goes from all of its layers or stays in all of them.</p>\n<div "
      "class=\"cards\">\n";
  for (const auto& [number, sites] : members) {
    const bool told = report.decisions && number >= 0 && static_cast<std::size_t>(number) < report.decisions->sets.size();
    html += card(number, sites, told ? &report.decisions->sets[static_cast<std::size_t>(number)] : nullptr);
  }
  return html + "</div>\n</section>\n";
}

}  // namespace prunec::report_page
