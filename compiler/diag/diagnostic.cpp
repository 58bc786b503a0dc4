// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diag/diagnostic.h"

#include <algorithm>

namespace prunec {

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> kCodes = {
#define PRUNEC_CODE(code, name, severity, phase, summary) {Code::k##code, #code, name, severity, phase, summary},
#include "compiler/diag/codes.def"
#undef PRUNEC_CODE
  };
  return kCodes;
}

const CodeInfo& info(Code code) {
  return all_codes()[static_cast<std::size_t>(code)];
}

bool has_error(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.severity() == Severity::kError; });
}

}  // namespace prunec
