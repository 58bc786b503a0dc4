// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// An open file and what is known about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/lsp/position.h"
#include "compiler/syntax/parse.h"

namespace prunec::lsp {

struct Document {
  std::string uri;
  std::int64_t version = 0;
  std::shared_ptr<const SourceFile> source;
  std::optional<Diagnostics> diagnostics;  ///< of this very text; none: not judged yet
};

/// A change of the protocol: a range and its new text, or a whole new text. Throws json::exception for one that is neither.
void apply_change(Document& document, const nlohmann::json& change, Encoding encoding);

/// What a request is about.
struct View {
  const Document& document;
  Encoding encoding;

  const SourceFile& source() const { return *document.source; }
  Parsed parsed() const { return parse_tolerantly(document.source); }
};

/// Of a request's `position`. Throws json::exception for one that is none.
std::size_t offset_in(const SourceFile& source, const nlohmann::json& position, Encoding encoding);

nlohmann::json range_json(const SourceFile& source, Span span, Encoding encoding);

/// A `Location`.
nlohmann::json location_json(const View& view, Span span);

}  // namespace prunec::lsp
