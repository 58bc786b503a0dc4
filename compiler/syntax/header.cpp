// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/header.h"

#include <string>
#include <utility>

namespace prunec::syntax {
namespace {

/// The file's stem when it can be a name: rule files are named after their architecture.
std::string architecture_of(const SourceFile& source) {
  std::string stem = source.path().substr(source.path().find_last_of('/') + 1);
  stem = stem.substr(0, stem.find('.'));
  const bool name =
      stem.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos && !stem.empty();
  return name ? stem : "";
}

}  // namespace

void HeaderBuilder::version(Context& line, Context* number) {
  Mistakes& mistakes = parts_.mistakes();
  const Span span = parts_.span_of(line);
  if (has_version_) {
    mistakes.add(Code::kP0114, span, "the language version is given twice", "leave this line out");
  } else if (seen_item_) {
    mistakes.add(Code::kP0105, span, "the language version is not at the start of the file", "make `prunec 1` the first line");
  }
  has_version_ = seen_item_ = true;
  file_.version_line = ast::Extent{span};
  if (auto value = parts_.whole_number(number)) file_.version = *value;
}

void HeaderBuilder::architecture(Context& line, Context* name) {
  const Span span = parts_.span_of(line);
  if (has_architecture_) {
    parts_.mistakes().add(Code::kP0114, span, "the architecture is given twice", "leave one of the two lines out");
  }
  has_architecture_ = seen_item_ = true;
  file_.architecture_line = ast::Extent{span};
  if (auto word = parts_.name(name)) file_.architecture = std::move(*word);
}

void HeaderBuilder::finish(std::size_t first_end) {
  Mistakes& mistakes = parts_.mistakes();
  const auto& source = mistakes.source();
  if (!has_version_) {
    Diagnostic& missing =
        mistakes.add(Code::kP0105, {0, 0}, "the file does not begin with a language version", "make `prunec 1` the first line");
    missing.fix = Fix{{source, {0, 0}}, "prunec 1\n"};
  }
  if (!has_architecture_ && has_version_ && first_end > 0) {
    Diagnostic& missing = mistakes.add(Code::kP0115, {first_end, first_end}, "the file does not name its architecture",
                                       "write for example `architecture resnet18` below the first line");
    const std::string name = architecture_of(*source);
    if (!name.empty()) missing.fix = Fix{{source, {first_end, first_end}}, "\narchitecture " + name};
  }
}

}  // namespace prunec::syntax
