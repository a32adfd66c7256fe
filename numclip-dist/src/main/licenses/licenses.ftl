What is shipped beside NumCLIP itself, and under which licences
===============================================================

NumCLIP is under the Apache License 2.0 (the file LICENSE). The libraries in the folder lib, as their own poms say:

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
${library.groupId}:${library.artifactId} ${library.version}
<#list entry.getValue() as licence>
    ${licence}
</#list>
<#if library.url??>
    ${library.url}
</#if>
</#list>

Where several licences are named, the library may be used under any of them. Their texts are in the jars, as META-INF/LICENSE or the like,
or at the addresses above.

Native code lies in some of these jars, and the licence of a jar does not always name it:

pytorch-native-cpu    libtorch and libc10 (BSD 3-Clause, the PyTorch contributors) with the libraries that PyTorch links, which its file
                      NOTICE names; libgomp (GPL 3 with the GCC Runtime Library Exception)
pytorch-jni           the bridge to it (Apache License 2.0, DJL)
tokenizers            Hugging Face Tokenizers (Apache License 2.0); for Windows the run-time libraries of GCC (GPL 3 with the GCC Runtime
                      Library Exception) and winpthreads (MIT)
onnxruntime           ONNX Runtime (MIT) with the libraries that its file ThirdPartyNotices.txt names
jna                   its own native code, under the licence of its jar

The sample photographs in numclip-core are in the public domain, CC0 or CC BY; authors and sources:
io/numclip/sample/photograph/PHOTOGRAPHS.md in numclip-core. The embedded CLIP was trained by this project.
numclip-bom.json (CycloneDX) has every library with its hashes.
