using System.Runtime.InteropServices;

namespace Boreal.Linux.Errors;

/// <summary>A system call failed. Carries errno, the call and what it was about.</summary>
public sealed class LinuxException : IOException
{
    public LinuxException(int errno, string call, string? subject = null)
        : base(Describe(errno, call, subject))
    {
        Errno = errno;
        Call = call;
    }

    /// <summary>The error number, see errno(3).</summary>
    public int Errno { get; }

    /// <summary>The system call's name, as in its man page.</summary>
    public string Call { get; }

    /// <summary>Builds the exception from the calling thread's last errno; call it right after the failed call.</summary>
    public static LinuxException FromErrno(string call, string? subject = null) =>
        new(Marshal.GetLastPInvokeError(), call, subject);

    private static string Describe(int errno, string call, string? subject)
    {
        var reason = Marshal.GetPInvokeErrorMessage(errno);
        return subject is null ? $"{call}: {reason}" : $"{call} {subject}: {reason}";
    }
}
