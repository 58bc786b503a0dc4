// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/outputs.h"

#include <filesystem>

#include "compiler/source/file_io.h"

namespace prunec {

namespace {

namespace fs = std::filesystem;

Diagnostic at_file(Code code, std::string message, const std::string& path, std::string help) {
  Diagnostic diagnostic{code, std::move(message)};
  diagnostic.place = FilePlace{path};
  diagnostic.help = std::move(help);
  return diagnostic;
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

}  // namespace

Diagnostics check_outputs(const ApplyRequest& request) {
  Diagnostics diagnostics;
  for (const std::string& path : {request.output, request.report}) {
    if (is_same_file(path, request.model)) {
      diagnostics.push_back(at_file(Code::kP0855, "the output would replace the input", path, "name another file with `-o`"));
      continue;
    }
    std::error_code ignored;
    if (!request.force && fs::exists(fs::symlink_status(path, ignored))) {
      diagnostics.push_back(
          at_file(Code::kP0851, "the output file exists already", path, "remove it, name another with `-o`, or replace it with `--force`"));
    }
  }
  if (diagnostics.empty() && fs::path(request.output).lexically_normal() == fs::path(request.report).lexically_normal()) {
    diagnostics.push_back(
        at_file(Code::kP0855, "the model and the report have the same name", request.report, "name another report with `--report`"));
  }
  return diagnostics;
}

Diagnostics write_together(const std::vector<OutputFile>& files) {
  std::vector<std::string> temporaries;
  std::vector<std::string> published;
  const auto undo = [&](const IoError& error) -> Diagnostics {
    std::error_code ignored;
    for (const std::string& path : temporaries) fs::remove(path, ignored);
    for (const std::string& path : published) fs::remove(path, ignored);
    Diagnostic diagnostic =
        at_file(Code::kP0852, "the file cannot be written", error.path, "check the folder's permissions and the space on the disk");
    diagnostic.notes.push_back({{}, error.reason});
    diagnostic.notes.push_back({{}, "nothing was written"});
    return {std::move(diagnostic)};
  };
  for (const OutputFile& file : files) {
    temporaries.push_back(temporary_name(file.path));
    if (auto error = write_file_atomically(temporaries.back(), file.bytes)) {
      error->path = file.path;
      return undo(*error);
    }
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const auto error = publish_file(temporaries[i], files[i].path)) return undo(*error);
    published.push_back(files[i].path);
  }
  return {};
}

}  // namespace prunec
