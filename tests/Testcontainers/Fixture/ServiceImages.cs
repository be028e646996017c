using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.Testcontainers.Fixture;

/// <summary>Images of Redis, PostgreSQL and nginx out of Debian's packages: one root file system with three entries.</summary>
internal static class ServiceImages
{
    public const string Redis = "boreal-test/redis:local";
    public const string Postgres = "boreal-test/postgres:local";
    public const string Nginx = "boreal-test/nginx:local";

    private const string Path = "ENV PATH=/postgresql:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string Archive = System.IO.Path.Combine(Repository.Root, "artifacts", "services.tar");

    public static async Task ImportAsync(DockerCli docker)
    {
        await Command.Of(System.IO.Path.Combine(Repository.Root, "eng", "services", "build")).Within(TimeSpan.FromMinutes(5)).OutputAsync();
        await ImportAsync(docker, Redis, "/entry/redis", "EXPOSE 6379");
        await ImportAsync(docker, Postgres, "/entry/postgres", "EXPOSE 5432", "USER postgres");
        await ImportAsync(docker, Nginx, "/entry/nginx", "EXPOSE 80", "STOPSIGNAL SIGQUIT");
    }

    public static Task RemoveAsync(DockerCli docker) => docker.RunAsync("rmi", "-f", Redis, Postgres, Nginx);

    private static Task<string> ImportAsync(DockerCli docker, string image, string entry, params string[] changes) =>
        docker.OutputAsync(["import", .. changes.Append(Path).Append($"ENTRYPOINT [\"{entry}\"]").SelectMany(change => new[] { "--change", change }), Archive, image]);
}
