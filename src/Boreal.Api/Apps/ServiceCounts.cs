namespace Boreal.Api.Apps;

/// <summary>Tasks of a service by what they do.</summary>
public sealed record ServiceCounts
{
    /// <summary>Slots asked for.</summary>
    public int Desired { get; set; }

    /// <summary>Running, and healthy where they have a health check.</summary>
    public int Running { get; set; }

    /// <summary>Of the newest revision, and running or completed.</summary>
    public int Updated { get; set; }

    /// <summary>Ended by themselves with exit code 0 and not to be started again.</summary>
    public int Completed { get; set; }

    /// <summary>Ended otherwise and not to be started again.</summary>
    public int Failed { get; set; }
}
