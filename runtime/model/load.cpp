// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <caffe2/serialize/inline_container.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <cstring>
#include <regex>
#include <set>
#include <sstream>
#include <torch/csrc/jit/serialization/import.h>

#include "runtime/model/model_state.h"
#include "runtime/model/operators.h"
#include "runtime/model/torch_error.h"

namespace prunec {

namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kPickleMagic = "\x80\x02";

const char* const kHowToExport =
    "export it in Python with `torch.jit.save(torch.jit.script(model), \"model.pt\")`, or with `torch.jit.trace`";

/// Lets the archive reader read from memory.
class BytesReader : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit BytesReader(const std::string& bytes) : bytes_(bytes) {}
  size_t size() const override { return bytes_.size(); }
  size_t read(uint64_t position, void* buffer, size_t count, const char* /*what*/) const override {
    if (position > bytes_.size()) return 0;
    count = std::min(count, bytes_.size() - static_cast<std::size_t>(position));
    std::memcpy(buffer, bytes_.data() + position, count);
    return count;
  }

 private:
  const std::string& bytes_;
};

Diagnostic problem(Code code, const std::string& path, std::string message, std::string note, std::string help) {
  Diagnostic diagnostic{code, std::move(message)};
  diagnostic.place = FilePlace{path};
  if (!note.empty()) diagnostic.notes.push_back({{}, std::move(note)});
  diagnostic.help = std::move(help);
  return diagnostic;
}

Diagnostic weights_only(const std::string& path) {
  return problem(Code::kP0503, path, "the file holds weights or Python objects saved by `torch.save`, not a TorchScript model", "",
                 std::string("load the weights into the model in Python, then ") + kHowToExport);
}

/// PyTorch puts every record of an archive into one folder; a zip whose first name has none is somebody else's.
bool is_other_zip(std::string_view bytes) {
  constexpr std::size_t kNameLength = 26;  // in the header in front of the first record
  constexpr std::size_t kName = 30;
  if (bytes.size() < kName) return false;
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])); };
  const std::string_view name = bytes.substr(kName, byte(kNameLength) + 256 * byte(kNameLength + 1));
  return name.find('/') == std::string_view::npos;
}

/// What is wrong with a file that is a zip archive, judged by the records it holds; none when it looks like TorchScript.
std::optional<Diagnostic> judge_archive(const std::string& path, const std::string& bytes) {
  if (is_other_zip(bytes)) return problem(Code::kP0501, path, "the file is a zip archive, but no TorchScript model", "", kHowToExport);
  try {
    caffe2::serialize::PyTorchStreamReader reader(std::make_shared<BytesReader>(bytes));
    if (reader.hasRecord("constants.pkl")) return std::nullopt;
    if (reader.hasRecord("models/model.json")) {
      return problem(Code::kP0501, path, "the file is a torch.export archive, which prunec cannot read yet", "", kHowToExport);
    }
    if (reader.hasRecord("data.pkl")) return weights_only(path);
    return problem(Code::kP0501, path, "the file is a zip archive, but no TorchScript model", "", kHowToExport);
  } catch (const std::exception& error) {
    return problem(Code::kP0502, path, "the model file is damaged or incomplete", cause_of(error),
                   "copy or export the model again, the file has " + std::to_string(bytes.size()) + " bytes");
  }
}

/// The operators that the model's code calls under names of its own, as "torchvision::nms". In an archive's code every operator outside
/// LibTorch's own names is written `ops.NAMESPACE.NAME(`.
std::vector<std::string> foreign_operators(const std::string& bytes) {
  std::set<std::string> names;
  caffe2::serialize::PyTorchStreamReader reader(std::make_shared<BytesReader>(bytes));
  static const std::regex kCall(R"((?:^|[^.\w])ops\.(\w+)\.(\w+)\()");
  for (const std::string& record : reader.getAllRecords()) {
    if (!record.starts_with("code/") || !record.ends_with(".py")) continue;
    const auto [data, size] = reader.getRecord(record);
    const std::string_view code(static_cast<const char*>(data.get()), size);
    if (code.find("ops.") == std::string_view::npos) continue;
    for (std::cregex_iterator call(code.begin(), code.end(), kCall), end; call != end; ++call) {
      names.insert((*call)[1].str() + "::" + (*call)[2].str());
    }
  }
  return {names.begin(), names.end()};
}

std::optional<Diagnostic> judge(const std::string& path, const std::string& bytes) {
  if (bytes.starts_with(kZipMagic)) return judge_archive(path, bytes);
  if (bytes.starts_with(kPickleMagic)) return weights_only(path);
  return problem(Code::kP0501, path, "the file is not a TorchScript model", bytes.empty() ? "the file is empty" : "", kHowToExport);
}

}  // namespace

Outcome<Model> Model::read(const std::string& path, const std::string& bytes) {
  if (auto diagnostic = judge(path, bytes)) return *diagnostic;
  try {
    if (Diagnostics missing = require_operators(foreign_operators(bytes), path); !missing.empty()) return missing;
    // The reader takes the weights from memory; a model saved on another device comes to the CPU.
    return Model(std::make_unique<State>(torch::jit::load(std::make_shared<BytesReader>(bytes), c10::kCPU)));
  } catch (const std::exception& error) {
    return problem(Code::kP0502, path, "the model file cannot be loaded", cause_of(error),
                   "check that it loads in Python with `torch.jit.load`, and that its operators are part of LibTorch");
  }
}

}  // namespace prunec
