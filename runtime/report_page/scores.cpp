// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "runtime/report_page/html.h"
#include "runtime/report_page/parts.h"

namespace prunec::report_page {
namespace {

constexpr std::size_t kBins = 40;
constexpr double kWidth = 320, kHeight = 90;

struct Scored {
  double score = 0;
  bool removed = false;
};

/// Kept and removed scores per bin from 0 to `largest`, stacked, with the threshold as a line.
std::string histogram(const std::vector<Scored>& scores, double largest, double threshold, const std::string& name) {
  std::array<std::array<std::size_t, 2>, kBins> bins{};
  std::size_t highest = 1;
  for (const Scored& s : scores) {
    const double place = largest > 0 ? s.score / largest : 0;
    auto& bin = bins[std::min(kBins - 1, static_cast<std::size_t>(std::max(0.0, place) * kBins))];
    ++bin[s.removed ? 1 : 0];
    highest = std::max(highest, bin[0] + bin[1]);
  }
  std::string svg = "<svg class=\"histogram\" viewBox=\"0 0 320 112\" role=\"img\" aria-label=\"Scores of " + escaped(name) + "\">\n";
  for (std::size_t i = 0; i < kBins; ++i) {
    double bottom = kHeight;
    for (const std::size_t removed : {1u, 0u}) {
      if (bins[i][removed] == 0) continue;
      const double height = kHeight * static_cast<double>(bins[i][removed]) / static_cast<double>(highest);
      bottom -= height;
      svg += "<rect class=\"" + std::string(removed != 0 ? "removed" : "after") + "\" x=\"" +
             formatted("%g", 8.0 * static_cast<double>(i) + 0.5) + "\" y=\"" + formatted("%.2f", bottom) + "\" width=\"7\" height=\"" +
             formatted("%.2f", height) + "\"><title>" + formatted("%.4g", largest * static_cast<double>(i) / kBins) + " to " +
             formatted("%.4g", largest * static_cast<double>(i + 1) / kBins) + ": " + std::to_string(bins[i][removed]) +
             (removed != 0 ? " removed" : " kept") + "</title></rect>\n";
    }
  }
  svg +=
      "<line class=\"axis\" x1=\"0\" y1=\"90\" x2=\"320\" y2=\"90\"/><text x=\"0\" y=\"106\">0</text><text x=\"320\" y=\"106\" "
      "text-anchor=\"end\">" +
      formatted("%.4g", largest) + "</text>\n";
  if (threshold <= largest) {
    const std::string x = formatted("%.2f", largest > 0 ? kWidth * std::max(0.0, threshold) / largest : 0);
    svg += "<line class=\"threshold\" x1=\"" + x + "\" y1=\"0\" x2=\"" + x + "\" y2=\"94\"/>";
  }
  return svg + "</svg>\n";
}

}  // namespace

std::string scores_section(const Report& report) {
  struct Named {
    std::string path;
    double threshold = 0;
    std::vector<Scored> scores;
  };
  std::vector<Named> voters;
  std::vector<Scored> pool;
  double largest = 0;
  for (const SetDecision& set : report.decisions.value_or(Decisions{}).sets) {
    const std::set<std::size_t> removed(set.removed.begin(), set.removed.end());
    for (const Voter& voter : set.voters) {
      Named named{voter.path, set.threshold, {}};
      for (std::size_t i = 0; i < voter.scores.size(); ++i) {
        named.scores.push_back({voter.scores[i], removed.contains(i)});
        largest = std::max(largest, voter.scores[i]);
      }
      pool.insert(pool.end(), named.scores.begin(), named.scores.end());
      voters.push_back(std::move(named));
    }
  }
  std::string html = "<section id=\"scores\"><h2>Scores</h2>\n";
  if (pool.empty()) return html + "<p>The report holds no scores.</p>\n</section>\n";
  html += "<p>Scores of " + grouped(static_cast<std::int64_t>(pool.size())) +
          " channels: the magnitudes of their scales. <span class=\"key\"><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect "
          "class=\"after\" "
          "width=\"10\" height=\"10\"/></svg> kept <svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"removed\" width=\"10\" "
          "height=\"10\"/></svg> removed</span>" +
          (report.budget ? "; under a budget each layer has a line of its own, its weakest kept score.</p>\n"
                         : "; the line is the threshold, " + formatted("%.6g", report.threshold) + ".</p>\n") +
          "<figure class=\"pool\"><figcaption>all layers</figcaption>" +
          histogram(pool, largest, report.budget ? std::numeric_limits<double>::infinity() : report.threshold, "all layers") +
          "</figure>\n<div class=\"histograms\">\n";
  for (const Named& voter : voters) {
    html += "<figure class=\"layer\" data-path=\"" + escaped(voter.path) + "\" data-role=\"voter\"><figcaption><code>" +
            escaped(voter.path) + "</code></figcaption>" + histogram(voter.scores, largest, voter.threshold, voter.path) + "</figure>\n";
  }
  return html + "</div>\n</section>\n";
}

}  // namespace prunec::report_page
