// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The canonical layout of rule files.
#pragma once

#include <string>

#include "compiler/syntax/ast.h"

namespace prunec {

/// The file's text in canonical layout, comments kept. The file must be one that `parse` accepted. The result is parsed again and must
/// have the same meaning and the same comments; anything else is a bug and throws std::logic_error.
std::string format_rules(const ast::RuleFile& file);

}  // namespace prunec
