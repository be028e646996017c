namespace Boreal.Engine.Runtime.Users;

/// <summary>The ids a process runs with.</summary>
public sealed record ProcessUser(uint Uid, uint Gid, IReadOnlyList<uint> AdditionalGids);
