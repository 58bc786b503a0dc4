// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace prunec::lsp {

/// The path of a `file:` URI, for messages and for files that a rule file uses; another URI (`untitled:Untitled-1`) stands for itself.
std::string path_of(std::string_view uri);

/// The `file:` URI of a path, absolute or as seen from the working folder.
std::string uri_of(const std::string& path);

}  // namespace prunec::lsp
