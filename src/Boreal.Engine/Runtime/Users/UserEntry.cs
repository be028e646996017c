namespace Boreal.Engine.Runtime.Users;

/// <summary>A line of passwd(5), as far as a container needs it.</summary>
internal readonly record struct UserEntry(string Name, long Uid, long Gid);
