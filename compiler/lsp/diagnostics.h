// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Diagnostics in the form of the protocol.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "compiler/lsp/document.h"

namespace prunec::lsp {

enum class Related {
  kAsPlaces,  ///< the client can jump to further places
  kAsText,    ///< they are told in the message
};

nlohmann::json diagnostic_json(const Diagnostic& diagnostic, const View& view, Related related);

/// By the URI of the file that each lies in; the document's own is always there.
std::map<std::string, nlohmann::json> diagnostics_by_file(const View& view, Related related);

}  // namespace prunec::lsp
