using System.Runtime.InteropServices;

namespace Boreal.Linux.Seccomp;

/// <summary>A condition on one argument of a call: libseccomp's struct scmp_arg_cmp.</summary>
/// <param name="Argument">Index of the argument, from 0 to 5.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="First">What to compare with; the mask of <see cref="SeccompOperator.MaskedEqual"/>.</param>
/// <param name="Second">The value of <see cref="SeccompOperator.MaskedEqual"/>.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct SeccompComparison(uint Argument, SeccompOperator Operator, ulong First, ulong Second);
