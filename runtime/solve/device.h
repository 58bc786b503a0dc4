// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <c10/core/Device.h>
#include <string>

#include "compiler/diag/outcome.h"

namespace prunec {

/// The device of that name: "cpu", "cuda", "cuda:N", or "auto", which is the first GPU when there is a usable one and the CPU otherwise.
/// LibTorch's CUDA library is loaded only when a GPU is asked for or seems to be there. Error: P0853.
Outcome<c10::Device> choose_device(const std::string& name);

}  // namespace prunec
