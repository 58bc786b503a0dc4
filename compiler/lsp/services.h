// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the server is given from outside: it knows the rule language, not models.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/plan/path_pattern.h"

namespace prunec::lsp {

struct Services {
  /// Everything there is to say about a rule file.
  std::function<Diagnostics(const std::shared_ptr<const SourceFile>&)> judge;
  /// The layers of the model that these patterns match. Unset: there is no model.
  std::function<std::vector<std::string>(const std::vector<PathPattern>&)> matches;
  std::string version;  ///< of the program
};

}  // namespace prunec::lsp
