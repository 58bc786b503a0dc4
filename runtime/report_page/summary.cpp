// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "runtime/report_page/html.h"
#include "runtime/report_page/parts.h"

namespace prunec::report_page {
namespace {

std::string tile(const std::string& name, const Change& change) {
  const std::string width = formatted("%.2f", 100 * std::clamp(left(change), 0.0, 1.0));
  return "<div class=\"tile\"><h3>" + name + "</h3><p class=\"gone\">" + percent_gone(change) + "</p><p>" + grouped(change.before) +
         " → <b>" + grouped(change.after) +
         "</b></p><svg class=\"meter\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + width +
         " % left\"><rect class=\"before\" width=\"100\" height=\"6\"/><rect class=\"after\" width=\"" + width +
         "\" height=\"6\"/></svg></div>\n";
}

Change channels_of(const Report& report) {
  Change sum;
  for (const SiteReport& site : report.channels) {
    sum.before += site.before;
    sum.after += site.after;
  }
  return sum;
}

std::string verdict(const VerificationReport& v) {
  if (!v.performed) return "<p class=\"verdict unknown\">Not verified: the pruned model was not run against the masked one.</p>\n";
  const std::string numbers = "largest difference " + formatted("%.1e", v.max_abs_diff) + ", relative " +
                              formatted("%.1e", v.max_rel_diff) + ", tolerance " + formatted("%.0e", v.tolerance) + ", on inputs " +
                              escaped(v.inputs);
  return v.passed ? "<p class=\"verdict passed\">Verified: the pruned model equals the original with the removed channels masked (" +
                        numbers + ").</p>\n"
                  : "<p class=\"verdict failed\">Not equal to the masked original (" + numbers + ").</p>\n";
}

std::string file_of(const std::string& path, const std::string& hash) {
  return "<code>" + escaped(path) + "</code>" + (hash.empty() ? "" : "<br><code class=\"hash\">sha256 " + escaped(hash) + "</code>");
}

std::string percent(double share) {
  return formatted("%.2f", 100 * share) + " %";
}

/// What was asked for, allowed, used and kept, and how far that may be from the best choice.
std::string budget_facts(const std::string& kind, double asked, const BudgetReport& budget) {
  const bool time = kind == "budget latency";
  const auto amount = [&](std::int64_t value) {
    return time ? formatted("%.3f", static_cast<double>(value) * 1e-9) + " ms" : grouped(value);
  };
  const double used = budget.used.before > 0 ? static_cast<double>(budget.used.after) / static_cast<double>(budget.used.before) : 1;
  std::string html =
      fact("Requested", escaped(kind) + " " + percent(asked) + ", at most " + amount(budget.limit) + " of " + amount(budget.used.before));
  html += fact("Reached", "<span id=\"budget-used\">" + percent(used) + "</span>, " + amount(budget.used.after));
  html += fact("Kept score", percent(budget.kept_score) + " of the scores of all channels");
  const std::string gap =
      budget.gap ? "no choice within the budget keeps more than " + percent(*budget.gap) + " more" : "not bounded for measured time";
  return html + fact("Optimum", gap);
}

std::string listed(const std::vector<std::string>& modules) {
  std::string html;
  for (const std::string& module : modules) html += (html.empty() ? "<code>" : ", <code>") + escaped(module) + "</code>";
  return html;
}

}  // namespace

std::string summary_section(const Report& report) {
  std::string html = "<header>\n<h1>" + escaped(report.architecture) + "</h1>\n<p>pruned by strategy <b>" + escaped(report.strategy) +
                     "</b>" + "</p>\n</header>\n" + verdict(report.verification);
  html += "<section id=\"summary\"><h2>Summary</h2>\n<div class=\"tiles\">\n" + tile("Parameters", report.parameters) +
          tile("Multiply-accumulates", report.macs) + tile("File bytes", report.bytes) +
          tile("Channels of the sites", channels_of(report)) + "</div>\n";
  html += "<table class=\"facts\">\n";
  if (report.budget) {
    html += budget_facts(report.request_kind, report.request_value, *report.budget);
  } else {
    html += fact("Requested", escaped(report.request_kind) + " " + formatted("%g", report.request_value));
  }
  html += fact(report.budget ? "Channels" : "Reached",
               formatted("%.1f", 100 * report.reached_channels_removed) + " % of the scored channels removed");
  if (!report.budget)
    html += fact("Threshold", "<span id=\"threshold\">" + formatted("%.6g", report.threshold) + "</span>" +
                                  (report.pools.empty() ? "" : ", the first of " + std::to_string(report.pools.size())));
  if (!report.modules.empty()) html += fact("Gone as a whole", listed(report.modules));
  html += fact("Model", file_of(report.model_path, report.model_sha256) + " (" + escaped(report.model_format) + ")");
  html += fact("Pruned model",
               report.output_path.empty() ? "a dry run: nothing was written" : file_of(report.output_path, report.output_sha256));
  html += fact("Rules", "<code class=\"hash\">sha256 " + escaped(report.rules_sha256) + "</code>");
  return html + "</table>\n</section>\n";
}

}  // namespace prunec::report_page
