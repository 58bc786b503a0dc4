// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/report_table.h"

#include <algorithm>
#include <numeric>

#include "compiler/cli/columns.h"

namespace prunec::cli {
namespace {

void row(std::ostream& out, const std::string& name, const Change& change) {
  const double percent =
      change.before == 0 ? 0 : 100.0 * static_cast<double>(change.after - change.before) / static_cast<double>(change.before);
  out << padded_right(name, 15) << padded_left(grouped(change.before), 16) << padded_left(grouped(change.after), 16)
      << padded_left(formatted("%+.1f%%", percent), 10) << "\n";
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
  out << padded_right("", 15) << padded_left("before", 16) << padded_left("after", 16) << padded_left("change", 10) << "\n";
  row(out, "parameters", report.parameters);
  row(out, "MACs", report.macs);
  row(out, "site channels", report.site_channels);
  row(out, "file bytes", report.bytes);
  out << report.architecture << ", strategy " << report.strategy << ": " << report.request_kind << " "
      << formatted("%g", report.request_value) << " asked, " << formatted("%.1f%%", 100 * report.reached_channels_removed)
      << " of the channels removed, "
      << (report.pools.empty() ? "threshold " + formatted("%.6g", report.threshold)
                               : std::to_string(report.pools.size()) + " thresholds, one for each group of scores that compete")
      << "\n";
  print_proof(out, report.verification);
}

void print_details(std::ostream& out, const Report& report) {
  std::size_t width = 0;
  for (const SiteReport& site : report.channels) width = std::max(width, site.path.size());
  for (const EditReport& edit : report.edits) width = std::max(width, edit.tensor.size());
  out << "channels:\n";
  for (const SiteReport& site : report.channels) {
    out << "  " << padded_right(site.path, width) << padded_left(std::to_string(site.before), 7) << " -> " << site.after;
    if (!site.reason.empty()) out << "  (" << site.reason << ")";
    out << "\n";
  }
  out << "edits:\n";
  for (const EditReport& edit : report.edits) {
    out << "  " << padded_right(edit.tensor, width) << "  axis " << edit.axis << " keeps " << edit.kept.size() << "\n";
  }
  for (const AttributeReport& attribute : report.attributes) {
    out << "  " << padded_right(attribute.path, width) << "  " << attribute.name << " " << attribute.before << " -> " << attribute.after
        << "\n";
  }
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
