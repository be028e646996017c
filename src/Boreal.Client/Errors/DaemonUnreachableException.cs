namespace Boreal.Client.Errors;

/// <summary>No connection to the daemon could be made.</summary>
public sealed class DaemonUnreachableException : Exception
{
    public DaemonUnreachableException(string address, Exception cause)
        : base($"cannot connect to the daemon at {address}: {cause.Message}", cause) => Address = address;

    /// <summary>The address that was tried, as the user wrote it.</summary>
    public string Address { get; }
}
