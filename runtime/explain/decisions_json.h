// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/explain/decisions.h"
#include "runtime/json/json_reader.h"

namespace prunec {

/// The key `decisions` of a report.
Json decisions_json(const Decisions& decisions);

/// Gives back what was written, with every index inside its range.
Decisions read_decisions(const JsonReader& reader);

}  // namespace prunec
