# SPDX-FileCopyrightText: 2026 The prunec authors
# SPDX-License-Identifier: Apache-2.0

# cmake -DFOLDER=folder -DOUTPUT=file -P EmbedReportPage.cmake: page.css and page.js as one C++ source.
file(READ ${FOLDER}/page.css style)
file(READ ${FOLDER}/page.js script)
file(WRITE ${OUTPUT} "// Made from runtime/report_page/page.css and page.js.
#include \"runtime/report_page/parts.h\"

namespace prunec::report_page {

std::string_view style() {
  return R\"prunec_page(${style})prunec_page\";
}

std::string_view script() {
  return R\"prunec_page(${script})prunec_page\";
}

}  // namespace prunec::report_page
")
