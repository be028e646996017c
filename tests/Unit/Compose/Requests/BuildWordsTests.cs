using Boreal.Compose.Requests;

namespace Boreal.Tests.Unit.Compose.Requests;

public sealed class BuildWordsTests
{
    [Fact]
    public void Of_ABuild_AreTheOptionsOfBuild()
    {
        var project = LoadedProject.Of("""
            services:
              a: {build: {context: ./ctx, dockerfile: D, args: {A: 1}, target: dev, tags: [t:1], ssh: [default], secrets: [s], additional_contexts: {c: ./c}, no_cache: true, shm_size: 1m}}
            secrets: {s: {environment: TOKEN}}
            """);
        Assert.Equal(
            "--tag p-a --tag t:1 --file /project/ctx/D --build-arg A=1 "
            + "--label com.docker.compose.project=p --label com.docker.compose.service=a --label com.docker.compose.version=2.26.1 --build-context c=/project/c --secret id=s,env=TOKEN --ssh default --target dev --shm-size 1048576 --no-cache /project/ctx",
            string.Join(' ', BuildWords.Of(project, "a", null)));
    }
}
