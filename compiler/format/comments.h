// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The comments of a rule file with their places.
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_file.h"

namespace prunec::format {

struct Comment {
  Span span;
  std::string text;  ///< from the `#`, without white space at its end
};

/// In the order of the text.
std::vector<Comment> comments_of(const SourceFile& source);

}  // namespace prunec::format
