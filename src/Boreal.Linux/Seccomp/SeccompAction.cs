namespace Boreal.Linux.Seccomp;

/// <summary>What a filter does with a call, see seccomp(2). <see cref="Code"/> is the kernel's SECCOMP_RET value.</summary>
public readonly record struct SeccompAction(uint Code)
{
    public static SeccompAction Allow { get; } = new(0x7FFF_0000);

    /// <summary>The call fails with this error number.</summary>
    public static SeccompAction Fail(ushort errno) => new(0x0005_0000u | errno);
}
