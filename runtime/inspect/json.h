// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "runtime/inspect/inspection.h"

namespace prunec {

/// The published form of `prunec inspect --format json`, schema 1 (runtime/report/README.md).
std::string inspection_json(const Inspection& inspection);

}  // namespace prunec
