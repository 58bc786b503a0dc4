// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Diagnostics for people and programs. Renderers never fail, and everything is readable without colour.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// Place, message, source line with marks, notes, help.
void render_text(std::ostream& out, const Diagnostics& diagnostics, bool colour);

/// The first line of each only.
void render_compact(std::ostream& out, const Diagnostics& diagnostics);

/// One object with the schema's version and a list.
std::string render_json(const Diagnostics& diagnostics);

/// SARIF 2.1.0, for code scanning services.
std::string render_sarif(const Diagnostics& diagnostics);

/// Origins that name this file become places in its text, so that the source lines are shown. The caller sees to it that the text is
/// the one that the plan was compiled from.
Diagnostics with_source(Diagnostics diagnostics, const std::shared_ptr<const SourceFile>& source);

/// The same for rules of several files.
Diagnostics with_sources(Diagnostics diagnostics, const std::vector<std::shared_ptr<const SourceFile>>& sources);

}  // namespace prunec
