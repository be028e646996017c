namespace Boreal.Engine.Runtime.Users;

/// <summary>The ids a process runs with.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Gid">The group.</param>
/// <param name="AdditionalGids">All its groups.</param>
public sealed record ProcessUser(uint Uid, uint Gid, IReadOnlyList<uint> AdditionalGids)
{
    /// <summary>True when there are accounts and this user has none, so that no one knows its home.</summary>
    public bool IsStranger { get; init; }
}
