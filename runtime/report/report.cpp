// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/report/report.h"

namespace prunec {

const char* to_string(SiteRole role) {
  switch (role) {
    case SiteRole::kVoter:
      return "voter";
    case SiteRole::kCarried:
      return "carried";
    case SiteRole::kKept:
      return "kept";
  }
  return "";
}

}  // namespace prunec
