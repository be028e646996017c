namespace Boreal.Linux.Seccomp;

/// <summary>libseccomp's enum scmp_compare.</summary>
public enum SeccompOperator
{
    NotEqual = 1,
    Less = 2,
    LessOrEqual = 3,
    Equal = 4,
    GreaterOrEqual = 5,
    Greater = 6,
    MaskedEqual = 7,
}
