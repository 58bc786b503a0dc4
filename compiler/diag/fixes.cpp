// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diag/fixes.h"

#include <algorithm>
#include <vector>

namespace prunec {

std::string apply_fixes(const Diagnostics& diagnostics, const SourceFile& source) {
  std::vector<const Fix*> fixes;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.fix && diagnostic.fix->range.file.get() == &source) fixes.push_back(&*diagnostic.fix);
  }
  std::stable_sort(fixes.begin(), fixes.end(), [](const Fix* a, const Fix* b) { return a->range.span.begin < b->range.span.begin; });
  std::string text;
  std::size_t done = 0;
  for (const Fix* fix : fixes) {
    const Span span = fix->range.span;
    if (span.begin < done) continue;
    text += source.text({done, span.begin});
    text += fix->text;
    done = span.end;
  }
  return text + std::string(source.text({done, source.text().size()}));
}

}  // namespace prunec
