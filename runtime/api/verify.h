// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/api/runtime.h"

namespace prunec {

/// See `Runtime::verify`. The masks are the report's word alone: the scale and shift of every position that a norm does not keep. Errors:
/// P0751, P0752 beside those of reading, running and comparing.
Outcome<VerificationReport> run_verify(const VerifyRequest& request);

}  // namespace prunec
