// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/report_table.h"

#include <algorithm>
#include <numeric>

#include "compiler/cli/columns.h"

namespace prunec::cli {
namespace {

constexpr std::int64_t kBarWidth = 32;

void row(std::ostream& out, const std::string& name, const Change& change) {
  const double percent =
      change.before == 0 ? 0 : 100.0 * static_cast<double>(change.after - change.before) / static_cast<double>(change.before);
  out << padded_right(name, 15) << padded_left(grouped(change.before), 16) << padded_left(grouped(change.after), 16)
      << padded_left(formatted("%+.1f%%", percent), 10) << "\n";
}

/// As wide as the layer was, beside the widest: `#` for what stays, `.` for what goes.
std::string bar(const SiteReport& site, std::int64_t widest) {
  const auto columns = [widest](std::int64_t width) { return static_cast<std::size_t>((width * kBarWidth + widest / 2) / widest); };
  const std::size_t before = std::max<std::size_t>(columns(site.before), 1);
  // Something that stays, and something that goes, is seen however little it is.
  std::size_t after = std::min(columns(site.after), before);
  if (site.after > 0 && after == 0) after = 1;
  if (site.after < site.before && after == before && before > 1) --after;
  return std::string(after, '#') + std::string(before - after, '.');
}

void print_bars(std::ostream& out, const std::vector<SiteReport>& sites) {
  std::size_t width = 0;
  std::int64_t widest = 1;
  for (const SiteReport& site : sites) {
    width = std::max(width, site.path.size());
    widest = std::max(widest, site.before);
  }
  for (const SiteReport& site : sites) {
    std::string line = padded_right(site.path, width) + padded_left(grouped(site.before), 7) + " -> " +
                       padded_right(grouped(site.after), 6) + " " + padded_right(bar(site, widest), static_cast<std::size_t>(kBarWidth));
    if (!site.reason.empty()) line += "  (" + site.reason + ")";
    out << line.substr(0, line.find_last_not_of(' ') + 1) << "\n";
  }
}

void print_budget(std::ostream& out, const Report& report) {
  const BudgetReport& budget = *report.budget;
  out << report.request_kind << " " << formatted("%g%%", 100 * report.request_value) << " asked, "
      << formatted("%.2f%%",
                   100 * static_cast<double>(budget.used.after) / static_cast<double>(std::max<std::int64_t>(1, budget.used.before)))
      << " used, " << formatted("%.2f%%", 100 * budget.kept_score) << " of the scores kept";
  if (budget.gap) out << ", at most " << formatted("%.2f%%", 100 * *budget.gap) << " below the best";
  out << "\n";
}

}  // namespace

void print_proof(std::ostream& out, const VerificationReport& v) {
  if (!v.performed) {
    out << "not verified\n";
    return;
  }
  out << (v.passed ? "verified" : "not equal") << ": max difference " << formatted("%.1e", v.max_abs_diff) << ", relative "
      << formatted("%.1e", v.max_rel_diff) << " (tolerance " << formatted("%.0e", v.tolerance) << ") on inputs " << v.inputs << "\n";
}

void print_table(std::ostream& out, const Report& report) {
  print_bars(out, report.channels);
  out << padded_right("", 15) << padded_left("before", 16) << padded_left("after", 16) << padded_left("change", 10) << "\n";
  row(out, "parameters", report.parameters);
  row(out, "MACs", report.macs);
  row(out, "site channels", report.site_channels);
  row(out, "file bytes", report.bytes);
  out << report.architecture << ", strategy " << report.strategy << ": ";
  if (report.budget) {
    print_budget(out, report);
  } else {
    out << report.request_kind << " " << formatted("%g", report.request_value) << " asked, "
        << formatted("%.1f%%", 100 * report.reached_channels_removed) << " of the channels removed, "
        << (report.pools.empty() ? "threshold " + formatted("%.6g", report.threshold)
                                 : std::to_string(report.pools.size()) + " thresholds, one for each group of scores that compete")
        << "\n";
  }
  if (!report.modules.empty()) {
    const std::size_t others = report.modules.size() - 1;
    out << "gone as a whole: " << report.modules.front();
    if (others > 0) out << " and " << others << " more " << (others == 1 ? "module" : "modules");
    out << "\n";
  }
  print_proof(out, report.verification);
}

void print_details(std::ostream& out, const Report& report) {
  std::size_t width = 0;
  for (const AttributeReport& attribute : report.attributes) width = std::max(width, attribute.path.size());
  for (const EditReport& edit : report.edits) width = std::max(width, edit.tensor.size());
  out << "edits:\n";
  for (const EditReport& edit : report.edits) {
    out << "  " << padded_right(edit.tensor, width) << "  axis " << edit.axis << " keeps " << edit.kept.size() << "\n";
  }
  for (const AttributeReport& attribute : report.attributes) {
    out << "  " << padded_right(attribute.path, width) << "  " << attribute.name << " " << attribute.before << " -> " << attribute.after
        << "\n";
  }
  for (const std::string& module : report.modules) out << "  " << module << "  goes as a whole\n";
}

void print_timings(std::ostream& out, const std::vector<Timing>& timings) {
  for (const Timing& timing : timings) out << padded_right(timing.step, 15) << padded_left(seconds(timing.seconds), 12) << "\n";
}

std::string seconds(double value) {
  return formatted("%.3f s", value);
}

double total(const std::vector<Timing>& timings) {
  return std::accumulate(timings.begin(), timings.end(), 0.0, [](double sum, const Timing& timing) { return sum + timing.seconds; });
}

}  // namespace prunec::cli
