package org.example.ages;

import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Ages {
    @Autowired NumClip faces;

    @PostMapping("/age") Prediction age(@RequestBody byte[] image) { return faces.predict(image); }

    public static void main(String[] arguments) { SpringApplication.run(Ages.class, arguments); }
}
