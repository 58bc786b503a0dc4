// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The sections of the page, in their order. Each returns HTML, or nothing where the report has nothing to show.
#pragma once

#include <string>
#include <string_view>

#include "runtime/report/report.h"

namespace prunec::report_page {

std::string summary_section(const Report& report);
std::string layers_section(const Report& report);
std::string scores_section(const Report& report);
std::string sets_section(const Report& report);
std::string details_section(const Report& report);

std::string_view style();
std::string_view script();

}  // namespace prunec::report_page
