// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Places as the protocol gives them: lines and characters from 0, a character being a code unit of the agreed encoding.
#pragma once

#include <cstddef>

#include "compiler/source/source_file.h"

namespace prunec::lsp {

enum class Encoding { kUtf8, kUtf16 };

struct Position {
  std::size_t line = 0;
  std::size_t character = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

Position position_of(const SourceFile& source, std::size_t offset, Encoding encoding);

/// A place behind the end of its line means that end, one behind the last line the end of the text; inside a character, its start.
std::size_t offset_of(const SourceFile& source, Position position, Encoding encoding);

}  // namespace prunec::lsp
