namespace Boreal.Client.Errors;

/// <summary>The daemon answered with an error.</summary>
public sealed class ApiException : Exception
{
    public ApiException(int status, string reason)
        : base($"Error response from daemon: {reason}")
    {
        Status = status;
        Reason = reason;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The daemon's own message.</summary>
    public string Reason { get; }
}
