namespace Boreal.Engine.Runtime;

/// <summary>What was written for the OCI runtime.</summary>
/// <param name="ConfigPath">The bundle's config.json.</param>
/// <param name="CgroupsPath">The group's path below each hierarchy's root, as in the runtime-spec.</param>
public sealed record BundleSpec(string ConfigPath, string CgroupsPath);
