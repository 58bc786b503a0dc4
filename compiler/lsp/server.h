// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The language server: the Language Server Protocol, version 3.17, on a pair of streams.
#pragma once

#include <istream>
#include <ostream>

#include "compiler/lsp/services.h"

namespace prunec::lsp {

/// Answers until the client says `exit` or the stream ends. The exit code that the protocol asks for: 0 when the client has said
/// `shutdown` before, else 1.
int serve(std::istream& in, std::ostream& out, const Services& services);

}  // namespace prunec::lsp
