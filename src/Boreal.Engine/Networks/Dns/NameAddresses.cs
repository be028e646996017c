namespace Boreal.Engine.Networks.Dns;

/// <summary>The addresses behind a name, one after the other as they go into answers.</summary>
internal sealed record NameAddresses(byte[] V4, byte[] V6)
{
    /// <summary>How long clients may keep them; Docker's.</summary>
    public int Seconds { get; init; } = Answer.DefaultTimeToLive;
}
