// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A diagnostic is data: what is wrong, where, what else matters and what to do. Rendering is elsewhere (`render.h`).
/// Wording follows one style: a message is one sentence, lower case, without a final period; details go to notes; `help` says what to do.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source_file.h"

namespace prunec {

/// Every code of `codes.def`, as `Code::kP0101`.
enum class Code {
#define PRUNEC_CODE(code, name, severity, phase, summary) k##code,
#include "compiler/diag/codes.def"
#undef PRUNEC_CODE
};

enum class Severity { kError, kWarning };

enum class Phase { kSyntax, kNames, kRules, kPlan, kModel, kSolve, kVerify, kUsage, kInternal };

/// What the table says of one code.
struct CodeInfo {
  Code code;
  const char* id;    ///< "P0101"
  const char* name;  ///< "unexpected-text"; warnings are switched by it
  Severity severity;
  Phase phase;
  const char* summary;  ///< one line for lists of codes
};

const CodeInfo& info(Code code);
const std::vector<CodeInfo>& all_codes();

/// Where a statement of a plan came from. A plan outlives its rule file, so this is a line and a column, not a byte offset.
struct Origin {
  std::string file;
  std::size_t line = 0;    ///< one-based
  std::size_t column = 0;  ///< one-based, in code points
  std::size_t length = 0;  ///< in code points, up to the end of the line

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// A place in the model: a module path such as `layer1.0.bn2`.
struct LayerPlace {
  std::string path;
};

/// A file as a whole: a model, a plan, an output.
struct FilePlace {
  std::string path;
};

using Place = std::variant<std::monostate, SourceRange, Origin, LayerPlace, FilePlace>;

/// A further marked place; its text adds what the message does not say.
struct Label {
  SourceRange range;
  std::string text;
};

/// A remark that points at the other place, or at none.
struct Note {
  Place place;
  std::string text;
};

/// An edit that is certain to be right: replace `range` by `text`.
struct Fix {
  SourceRange range;
  std::string text;
};

struct Diagnostic {
  Code code;
  std::string message;
  Place place = {};
  std::string label = {};  ///< text beside the marks of `place`; may be empty
  std::vector<Label> labels = {};
  std::vector<Note> notes = {};
  std::string help = {};
  std::optional<Fix> fix = {};
  bool as_error = false;  ///< a warning that the user wants to count as an error

  Severity severity() const { return as_error ? Severity::kError : info(code).severity; }
};

using Diagnostics = std::vector<Diagnostic>;

bool has_error(const Diagnostics& diagnostics);

}  // namespace prunec
