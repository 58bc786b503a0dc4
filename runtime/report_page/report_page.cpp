// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report_page/report_page.h"

#include "runtime/report_page/html.h"
#include "runtime/report_page/parts.h"

namespace prunec {

std::string report_page_of(const Report& report) {
  using namespace report_page;
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n";
  // Nothing is loaded from anywhere, whatever a name in the report says.
  page +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
      "'unsafe-inline'\">\n";
  page += "<title>" + escaped(report.architecture) + ", " + escaped(report.strategy) + ": pruned by prunec</title>\n<style>\n";
  page += style();
  page += "</style>\n</head>\n<body>\n<main>\n";
  for (const auto section : {summary_section, layers_section, scores_section, sets_section, details_section}) page += section(report);
  page += "</main>\n<script>\n";
  page += script();
  page += "</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace prunec
