// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/report/report.h"

namespace prunec::report_page {

/// Fit for the content of an element and for an attribute in double quotes. Control characters, which HTML does not allow, become
/// "\u{FFFD}".
std::string escaped(std::string_view text);

/// printf for one number.
std::string formatted(const char* format, double value);

/// 11689512 as "11,689,512".
std::string grouped(std::int64_t value);

/// The share that is left, 0 to 1; 1 of nothing.
double left(const Change& change);

/// "−41.2 %" for what is gone.
std::string percent_gone(const Change& change);

/// `<th scope="row">name</th><td>value</td>` as a row; `value` is HTML.
std::string fact(std::string_view name, const std::string& value);

}  // namespace prunec::report_page
