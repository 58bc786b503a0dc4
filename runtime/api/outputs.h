// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/api/runtime.h"

namespace prunec {

/// Refuses outputs that exist, unless forced, and any that would replace the input. Errors: P0851, P0855.
Diagnostics check_outputs(const ApplyRequest& request);

struct OutputFile {
  std::string path;
  std::string_view bytes;
};

/// Writes all files or none: each beside its place first, then all are renamed. Error: P0852.
Diagnostics write_together(const std::vector<OutputFile>& files);

}  // namespace prunec
