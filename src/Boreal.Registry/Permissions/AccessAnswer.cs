namespace Boreal.Registry.Permissions;

/// <summary>Yes; no, show who you are (with the challenge to send); or no.</summary>
internal readonly record struct AccessAnswer
{
    private AccessAnswer(bool isGranted, string? challenge, string? reason)
    {
        IsGranted = isGranted;
        Challenge = challenge;
        Reason = reason;
    }

    public bool IsGranted { get; }

    /// <summary>The <c>WWW-Authenticate</c> header of a 401; null makes the refusal a 403.</summary>
    public string? Challenge { get; }

    /// <summary>What the client is told; null for the usual words.</summary>
    public string? Reason { get; }

    public static AccessAnswer Granted => new(true, null, null);

    public static AccessAnswer Unauthorized(string challenge, string? reason = null) => new(false, challenge, reason);

    public static AccessAnswer Denied(string? reason = null) => new(false, null, reason);
}
