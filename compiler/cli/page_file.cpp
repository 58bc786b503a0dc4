// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/page_file.h"

#include "compiler/cli/new_file.h"
#include "runtime/report_page/report_page.h"

namespace prunec::cli {

Diagnostics check_page_path(const std::string& page, const std::vector<std::string>& others, bool force) {
  return check_new_file(page, "the page", others, force);
}

Diagnostics write_page(const std::string& page, const Report& report) {
  return write_new_file(page, "the page", report_page_of(report));
}

}  // namespace prunec::cli
