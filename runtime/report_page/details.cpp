// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report_page/html.h"
#include "runtime/report_page/parts.h"

namespace prunec::report_page {

namespace {

std::string untouched_table(const Report& report) {
  if (!report.decisions || report.decisions->untouched.empty()) return "";
  std::string html =
      "<details><summary>" + grouped(static_cast<std::int64_t>(report.decisions->untouched.size())) +
      (report.decisions->untouched.size() == 1 ? " layer" : " layers") +
      " that the strategy leaves alone</summary>\n<div class=\"scroll\"><table>\n<thead><tr><th>layer</th><th>channels</th><th>"
      "would be kept anyway, since</th></tr></thead>\n<tbody>\n";
  for (const UntouchedLayer& layer : report.decisions->untouched) {
    html += "<tr><td><code>" + escaped(layer.path) + "</code></td><td>" +
            (layer.width > 0 ? grouped(static_cast<std::int64_t>(layer.width)) : std::string("not followed")) + "</td><td>" +
            escaped(layer.pinned) + "</td></tr>\n";
  }
  return html + "</tbody></table></div></details>\n";
}

}  // namespace

std::string details_section(const Report& report) {
  std::string html =
      "<section id=\"details\"><h2>Every cut</h2>\n<details><summary>" + grouped(static_cast<std::int64_t>(report.edits.size())) +
      " tensors and " + grouped(static_cast<std::int64_t>(report.attributes.size())) +
      " numbers</summary>\n<div class=\"scroll\"><table>\n<thead><tr><th>tensor</th><th>axis</th><th>keeps</th></tr></thead>\n<tbody>\n";
  for (const EditReport& edit : report.edits) {
    html += "<tr><td><code>" + escaped(edit.tensor) + "</code></td><td>" + std::to_string(edit.axis) + "</td><td>" +
            grouped(static_cast<std::int64_t>(edit.kept.size())) + "</td></tr>\n";
  }
  html += "</tbody></table>\n";
  if (!report.attributes.empty()) {
    html += "<table>\n<thead><tr><th>module</th><th>number</th><th>before</th><th>after</th></tr></thead>\n<tbody>\n";
    for (const AttributeReport& attribute : report.attributes) {
      html += "<tr><td><code>" + escaped(attribute.path) + "</code></td><td>" + escaped(attribute.name) + "</td><td>" +
              grouped(attribute.before) + "</td><td>" + grouped(attribute.after) + "</td></tr>\n";
    }
    html += "</tbody></table>\n";
  }
  return html + "</div></details>\n" + untouched_table(report) + "</section>\n";
}

}  // namespace prunec::report_page
