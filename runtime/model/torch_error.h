// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The edge at which LibTorch's exceptions become sentences. Nothing behind `runtime/model` sees one.
#pragma once

#include <exception>
#include <string>

namespace prunec {

/// The line of an exception's text that says what went wrong, without stack traces and C++ places.
std::string cause_of(const std::exception& error);

}  // namespace prunec
