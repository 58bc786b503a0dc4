// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <set>

#include "runtime/report_page/html.h"
#include "runtime/report_page/parts.h"

namespace prunec::report_page {
namespace {

/// All layers side by side, the widths as heights: the network's shape before and after at one glance.
std::string skyline(const std::vector<SiteReport>& sites, std::int64_t widest) {
  constexpr double kHeight = 120;
  const std::size_t count = sites.size();
  std::string svg =
      "<svg class=\"skyline\" viewBox=\"0 0 " + std::to_string(10 * count) +
      " 120\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Channels of each layer along the network, before and after\">\n";
  for (std::size_t i = 0; i < count; ++i) {
    const auto bar = [&](const char* kind, std::int64_t width) {
      const double height = kHeight * static_cast<double>(width) / static_cast<double>(widest);
      return "<rect class=\"" + std::string(kind) + "\" x=\"" + std::to_string(10 * i + 1) + "\" y=\"" +
             formatted("%.2f", kHeight - height) + "\" width=\"8\" height=\"" + formatted("%.2f", height) + "\"/>";
    };
    svg += "<g><title>" + escaped(sites[i].path) + ": " + grouped(sites[i].before) + " → " + grouped(sites[i].after) + "</title>" +
           bar("before", sites[i].before) + bar("after", sites[i].after) + "</g>\n";
  }
  return svg + "</svg>\n";
}

std::string row(const SiteReport& site, std::size_t position, std::int64_t widest) {
  const auto share = [&](std::int64_t width) { return formatted("%.2f", 100 * static_cast<double>(width) / static_cast<double>(widest)); };
  std::string html = "<li class=\"layer\" data-order=\"" + std::to_string(position) + "\" data-path=\"" + escaped(site.path) +
                     "\" data-role=\"" + to_string(site.role) + "\" data-before=\"" + std::to_string(site.before) + "\" data-left=\"" +
                     formatted("%.6f", left({site.before, site.after})) + "\">\n";
  html += "<span class=\"name\"><code>" + escaped(site.path) + "</code> <span class=\"role " + to_string(site.role) + "\">" +
          to_string(site.role) + "</span> <a class=\"set\" href=\"#set-" + std::to_string(site.set) + "\">set " + std::to_string(site.set) +
          "</a></span>";
  html += "<span class=\"widths\">" + grouped(site.before) + " → <b>" + grouped(site.after) + "</b> <span class=\"share\">" +
          percent_gone({site.before, site.after}) + "</span></span>\n";
  html += "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"before\" width=\"" +
          share(site.before) + "\" height=\"8\"/><rect class=\"after\" width=\"" + share(site.after) + "\" height=\"8\"/></svg>\n";
  if (!site.reason.empty()) html += "<span class=\"reason\">" + escaped(site.reason) + "</span>\n";
  return html + "</li>\n";
}

/// Shown by the script alone, since nothing else can act on them.
std::string controls(const std::vector<SiteReport>& sites) {
  std::set<std::string> roles;
  for (const SiteReport& site : sites) roles.insert(to_string(site.role));
  std::string html =
      "<form id=\"controls\" hidden>\n<label>Filter <input id=\"filter\" type=\"search\" placeholder=\"part of a layer's path\"></label>\n"
      "<label>Role <select id=\"role\"><option value=\"\">all</option>";
  for (const std::string& role : roles) html += "<option>" + escaped(role) + "</option>";
  return html +
         "</select></label>\n<label>Sort <select id=\"sort\"><option value=\"order\">along the network</option><option value=\"left\">most "
         "removed "
         "first</option><option value=\"before\">widest first</option><option value=\"path\">by name</option></select></label>\n"
         "<output id=\"shown\"></output>\n</form>\n";
}

}  // namespace

std::string layers_section(const Report& report) {
  std::int64_t widest = 1;
  for (const SiteReport& site : report.channels) widest = std::max({widest, site.before, site.after});
  std::string html = "<section id=\"layers\"><h2>Along the network</h2>\n";
  if (report.channels.empty()) return html + "<p>The strategy touches no layer.</p>\n</section>\n";
  html +=
      "<p class=\"key\"><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"after\" width=\"10\" height=\"10\"/></svg> kept "
      "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"before\" width=\"10\" height=\"10\"/></svg> removed</p>\n";
  html += skyline(report.channels, widest) + controls(report.channels) + "<ol id=\"layer-list\">\n";
  for (std::size_t i = 0; i < report.channels.size(); ++i) html += row(report.channels[i], i, widest);
  return html + "</ol>\n</section>\n";
}

}  // namespace prunec::report_page
