namespace Boreal.Build.Dockerfile.Instructions;

internal enum RunMountKind
{
    Bind,
    Cache,
    Tmpfs,
    Secret,
    Ssh,
}
