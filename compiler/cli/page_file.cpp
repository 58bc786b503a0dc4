// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/page_file.h"

#include <filesystem>

#include "compiler/source/file_io.h"
#include "runtime/report_page/report_page.h"

namespace prunec::cli {
namespace {

namespace fs = std::filesystem;

/// The same file, or the same place where no file is yet.
bool is_same_place(const std::string& a, const std::string& b) {
  std::error_code ignored;
  if (fs::equivalent(a, b, ignored)) return true;
  return fs::weakly_canonical(fs::absolute(a, ignored), ignored) == fs::weakly_canonical(fs::absolute(b, ignored), ignored);
}

Diagnostic at_file(Code code, std::string message, const std::string& path, std::string help) {
  Diagnostic diagnostic{code, std::move(message), FilePlace{path}};
  diagnostic.help = std::move(help);
  return diagnostic;
}

}  // namespace

Diagnostics check_page_path(const std::string& page, const std::vector<std::string>& others, bool force) {
  for (const std::string& other : others) {
    if (is_same_place(page, other))
      return {at_file(Code::kP0855, "the page would replace `" + other + "`", page, "choose another name for the page")};
  }
  std::error_code ignored;
  if (!force && fs::exists(fs::symlink_status(page, ignored)))
    return {at_file(Code::kP0851, "the file exists already", page, "name another file, or replace this one with `--force`")};
  return {};
}

Diagnostics write_page(const std::string& page, const Report& report) {
  if (const auto error = write_file_atomically(page, report_page_of(report))) {
    Diagnostic failed =
        at_file(Code::kP0852, "the page cannot be written", page, "check the folder's permissions and the space on the disk");
    failed.notes.push_back({{}, error->reason});
    return {std::move(failed)};
  }
  return {};
}

}  // namespace prunec::cli
