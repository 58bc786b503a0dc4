// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/device.h"

#include <ATen/Context.h>
#include <dlfcn.h>
#include <filesystem>

namespace prunec {

namespace {

/// Why no GPU can be used; empty when one can. Must run before anything else asks LibTorch about CUDA, which remembers the answer.
std::string load_cuda() {
  // The CUDA library lies beside the one that this code is linked to.
  Dl_info here{};
  if (!dladdr(reinterpret_cast<void*>(&at::globalContext), &here)) return "LibTorch cannot be located";
  const auto library = std::filesystem::path(here.dli_fname).parent_path() / "libtorch_cuda.so";
  std::error_code ignored;
  if (!std::filesystem::exists(library, ignored)) return "this LibTorch is built without CUDA";
  if (!dlopen(library.c_str(), RTLD_LAZY | RTLD_GLOBAL)) return "LibTorch's CUDA library cannot be loaded";
  return at::hasCUDA() && at::getNumGPUs() > 0 ? "" : "no GPU is visible to this process";
}

bool driver_is_present() {
  std::error_code ignored;
  return std::filesystem::exists("/dev/nvidiactl", ignored) || std::filesystem::exists("/dev/dxg", ignored);
}

Diagnostic unavailable(const std::string& name, const std::string& reason) {
  Diagnostic diagnostic{Code::kP0853, "the device `" + name + "` is not available"};
  diagnostic.notes.push_back({{}, reason});
  diagnostic.help = "use `--device cpu`, or `--device auto` to take a GPU only when there is one";
  return diagnostic;
}

}  // namespace

Outcome<c10::Device> choose_device(const std::string& name) {
  if (name == "cpu" || (name == "auto" && !driver_is_present())) return c10::Device(c10::kCPU);
  if (name != "auto" && name != "cuda" && !name.starts_with("cuda:")) return unavailable(name, "the devices are cpu, cuda and cuda:N");
  const std::string reason = load_cuda();
  if (!reason.empty()) return name == "auto" ? Outcome<c10::Device>(c10::Device(c10::kCPU)) : unavailable(name, reason);
  int index = 0;
  if (name.starts_with("cuda:")) {
    const std::string digits = name.substr(5);
    if (digits.empty() || digits.size() > 3 || digits.find_first_not_of("0123456789") != std::string::npos) {
      return unavailable(name, "`" + digits + "` is no number of a GPU");
    }
    index = std::stoi(digits);
  }
  const auto count = static_cast<int>(at::getNumGPUs());
  if (index >= count) return unavailable(name, "there are " + std::to_string(count) + " GPUs, counted from 0");
  return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(index));
}

}  // namespace prunec
